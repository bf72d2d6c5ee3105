// A room of the textbook's design, to be measured against: one goroutine owns
// the set of clients and passes every line to each client's channel; each
// client has a goroutine that reads lines and one that writes them.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net"
	"strings"
)

const sentinel = "CLOSE123123"

type client struct {
	nickname string
	lines    chan string
}

type room struct {
	arrivals   chan *client
	departures chan *client
	lines      chan string
}

func main() {
	port := flag.Int("port", 0, "port to listen on")
	flag.Parse()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("Listening on %s\n", listener.Addr())
	here := &room{make(chan *client), make(chan *client), make(chan string)}
	go here.run()
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		go here.serve(connection)
	}
}

// run owns the set of clients.
func (r *room) run() {
	clients := make(map[*client]bool)
	tell := func(line string) {
		for each := range clients {
			each.lines <- line
		}
	}
	for {
		select {
		case line := <-r.lines:
			tell(line)
		case who := <-r.arrivals:
			clients[who] = true
			tell(who.nickname + " joined!")
			who.lines <- "Connected to server!"
		case who := <-r.departures:
			delete(clients, who)
			close(who.lines)
			tell(who.nickname + " left!")
		}
	}
}

func (r *room) serve(connection net.Conn) {
	defer connection.Close()
	input := bufio.NewScanner(connection)
	if !input.Scan() {
		return
	}
	who := &client{strings.TrimSpace(input.Text()), make(chan string)}
	go write(connection, who.lines)
	r.arrivals <- who
	for input.Scan() && input.Text() != sentinel {
		r.lines <- input.Text()
	}
	r.departures <- who
}

func write(connection net.Conn, lines <-chan string) {
	for line := range lines {
		fmt.Fprintln(connection, line)
	}
}
