#!/usr/bin/env bash
# Prints, as hex digits, a segment whose data wants to run in the reader's browser.
set -euo pipefail

header=d383d90300000001000000025018020000000000
payload='</script><script>window.hostile=1</script><img src=x onerror="window.hostile=1">'"'"'"&lt;'
# A right-to-left override, which could make one word look like another.
override='\xe2\x80\xaenimda'

printf '%s' "$header"
{ printf '%s' "$payload"; printf "$override"; } | od -An -v -tx1 | tr -d ' \n'
