"""The echo server in Python, with asyncio."""
import argparse
import asyncio
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=55555)
args = parser.parse_args()


async def serve(reader, writer):
    host, port = writer.get_extra_info("peername")[:2]
    print(f"Connected with {host}:{port}", flush=True)
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
    except OSError:
        pass
    print(f"Disconnected from {host}:{port}", flush=True)


async def main():
    server = await asyncio.start_server(serve, args.host, args.port)
    host, port = server.sockets[0].getsockname()[:2]
    print(f"Listening on {host}:{port}", flush=True)
    await server.serve_forever()


try:
    asyncio.run(main())
except (OSError, UnicodeError) as error:
    sys.exit(f"echo.py: cannot listen on {args.host}:{args.port}: {error}")
