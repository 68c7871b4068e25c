#!/usr/bin/env bash
# The lecture on sockets, call by call: each as C would write it, beside what the kernel answered.
# Needs curl and jq. SOCKETLAB_URL is the service; status 0 means that all went as told.
set -euo pipefail
export LC_ALL=C
url=${SOCKETLAB_URL:-http://127.0.0.1:8080}
api=${url%/}/api/v1
export no_proxy=127.0.0.1,localhost,::1${no_proxy:+,$no_proxy}
json='Content-Type: application/json'
answer=''

fail() {
    echo "not as told: $*" >&2
    exit 1
}

# request METHOD PATH [curl arguments]: the answer's body goes to $answer
request() {
    local method=$1 path=$2
    shift 2
    answer=$(curl -sS --max-time 60 -X "$method" "$session${path:+/$path}" "$@") || fail "no answer from $api"
}

# call 'C' EXPECTED METHOD PATH [BODY]: EXPECTED is what C returns, or an errno
call() {
    local c=$1 expected=$2
    shift 2
    request "$1" "$2" -H "$json" ${3:+-d "$3"}
    show "$c"
    local told
    told=$(jq -r 'if .errno then .errno elif .eai then .eai else (.returned | tostring) end' <<<"$answer")
    [ "$told" = "$expected" ] || fail "$c gave $told, not $expected"
}

# Strace's way: what was returned, then the out-parameters or what strerror says
show() {
    local result
    result=$(jq -r 'if .errno then "-1 \(.errno) (\(.title))"
        elif .eai then "\(.eai) (\(.title))"
        elif has("returned") | not then "void"
        else "\(.returned)" + (del(.returned, .fd, .encoding) | if . == {} then "" else "  \(tojson)" end) end' <<<"$answer")
    printf '%-58s = %.110s\n' "$1" "$result"
}

part() {
    printf '\n/* %s */\n' "$*"
}

session=$api/sessions
request POST "" -H "$json" -d '{"name":"lecture","network":"host"}'
session=$api/sessions/$(jq -er .id <<<"$answer") || fail "no session: $answer"
trap 'curl -sS -o /dev/null -X DELETE "$session" || true' EXIT
lo='"family":"AF_INET","address":"127.0.0.1"'

part 'A name becomes a list of addresses; the list is ours until freeaddrinfo'
call 'getaddrinfo("localhost", "80", &hints, &res)' 0 POST getaddrinfo \
    '{"node":"localhost","service":"80","hints":{"family":"AF_INET","socktype":"SOCK_STREAM"}}'
[ "$(jq -r '.res[0].addr.address' <<<"$answer")" = 127.0.0.1 ] || fail 'localhost is not 127.0.0.1'
call 'getaddrinfo("localhost", "no-such-service", &hints, &res)' EAI_SERVICE POST getaddrinfo \
    '{"node":"localhost","service":"no-such-service"}'

part 'A server has a socket with an address; port 0 lets the kernel choose'
call 'socket(AF_INET, SOCK_STREAM, 0)' 3 POST sockets '{"domain":"AF_INET","type":"SOCK_STREAM"}'
call 'bind(3, &loopback_port_0, sizeof(addr))' 0 POST sockets/3/bind "{\"addr\":{$lo,\"port\":0}}"
call 'getsockname(3, &addr, &addrlen)' 0 GET sockets/3/getsockname
port=$(jq .addr.port <<<"$answer")
server="{\"addr\":{$lo,\"port\":$port}}"

part 'Before listen, the kernel refuses: it answers the SYN with RST'
call 'socket(AF_INET, SOCK_STREAM, 0)' 4 POST sockets '{}'
call 'connect(4, &server, sizeof(server))' ECONNREFUSED POST sockets/4/connect "$server"

part 'After listen it completes the handshake by itself, and queues'
call 'setsockopt(3, SOL_SOCKET, SO_RCVBUF, &(int){4096}, 4)' 0 PUT sockets/3/options/SO_RCVBUF '{"optval":4096}'
call 'listen(3, 5)' 0 POST sockets/3/listen '{"backlog":5}'
call 'connect(4, &server, sizeof(server))' 0 POST sockets/4/connect "$server"
request GET sockets/3/options/TCP_INFO
queued=$(jq .optval.unacked <<<"$answer")
printf '%-58s = %s of %s\n' 'accept queue (tcpi_unacked of the listener)' "$queued" "$(jq .optval.sacked <<<"$answer")"
[ "$queued" = 1 ] || fail "the accept queue has $queued"

part 'accept takes the connection out of the queue, as a socket of its own'
call 'accept(3, &client, &addrlen)' 5 POST sockets/3/accept

part 'The queue is empty now: a blocking accept would wait, a non-blocking one does not'
call 'fcntl(3, F_SETFL, O_NONBLOCK)' 0 PUT sockets/3/flags '{"flags":["O_NONBLOCK"]}'
call 'accept(3, &client, &addrlen)' EAGAIN POST sockets/3/accept

part 'send gives bytes to the kernel, recv takes them from it'
call 'send(4, "hello", 5, 0)' 5 POST sockets/4/send '{"data":"hello"}'
call 'recv(5, buf, 100, MSG_PEEK)' 5 POST sockets/5/recv '{"len":100,"flags":["MSG_PEEK"]}'
call 'recv(5, buf, 100, 0)' 5 POST sockets/5/recv '{"len":100}'
[ "$(jq -r .data <<<"$answer")" = hello ] || fail "received $answer"
call 'recv(5, buf, 100, MSG_DONTWAIT)' EAGAIN POST sockets/5/recv '{"len":100,"flags":["MSG_DONTWAIT"]}'

part 'A blocking recv waits; here its wait is bounded, and it ends as if by a signal'
call 'recv(5, buf, 100, 0)' EINTR POST 'sockets/5/recv?wait=200ms' '{"len":100}'

part 'A non-blocking connect answers at once; writable means connected'
call 'socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)' 6 POST sockets '{"flags":["SOCK_NONBLOCK"]}'
call 'setsockopt(6, SOL_SOCKET, SO_SNDBUF, &(int){4096}, 4)' 0 PUT sockets/6/options/SO_SNDBUF '{"optval":4096}'
call 'connect(6, &server, sizeof(server))' EINPROGRESS POST sockets/6/connect "$server"
call 'getsockopt(6, SOL_SOCKET, SO_ERROR, &err, &len)' 0 GET sockets/6/options/SO_ERROR
[ "$(jq .optval <<<"$answer")" = 0 ] || fail "connect failed: $answer"
call 'getpeername(6, &addr, &addrlen)' 0 GET sockets/6/getpeername
call 'send(6, "x", 1, 0)' 1 POST sockets/6/send '{"data":"x"}'
call 'accept(3, &client, &addrlen)' 7 POST sockets/3/accept

part 'Nobody receives: the buffers fill, a send takes a part, and then nothing'
size=1000000
request POST sockets/6/send -H 'Content-Type: application/octet-stream' --data-binary @<(head -c "$size" /dev/zero)
show "send(6, buf, $size, 0)"
sent=$(jq .returned <<<"$answer")
[ "$sent" -gt 0 ] && [ "$sent" -lt "$size" ] || fail "send took $sent of $size"
# The peer's acknowledgement makes a little room again: once or twice more
for _ in 1 2 3 4 5 6 7 8 9 10; do
    request POST sockets/6/send -H 'Content-Type: application/octet-stream' --data-binary @<(head -c "$size" /dev/zero)
    show "send(6, buf, $size, 0)"
    [ "$(jq -r .errno <<<"$answer")" = EAGAIN ] && break
    sent=$((sent + $(jq .returned <<<"$answer")))
done
[ "$(jq -r .errno <<<"$answer")" = EAGAIN ] || fail "the send buffer never filled"
printf '%-58s = %s\n' 'bytes that the kernel keeps for the receiver' "$sent"

part 'shutdown ends one direction: the receiver reads what there is, then the end'
call 'shutdown(6, SHUT_WR)' 0 POST sockets/6/shutdown '{"how":"SHUT_WR"}'
received=0
while true; do
    request POST sockets/7/recv -H "$json" -d '{"len":1000000,"encoding":"hex"}'
    n=$(jq .returned <<<"$answer")
    [ "$n" != 0 ] || break
    [ "$n" -gt 0 ] || fail "recv: $answer"
    received=$((received + n))
done
printf '%-58s = %s\n' 'recv(7, buf, 1000000, 0), until the end: bytes in all' "$received"
show 'recv(7, buf, 1000000, 0)'
[ "$received" = $((sent + 1)) ] || fail "sent $((sent + 1)), received $received"
call 'send(6, "x", 1, 0)' EPIPE POST sockets/6/send '{"data":"x"}'

part 'What is closed is gone; what is not is in the leak report of exit'
call 'close(6)' 0 DELETE sockets/6
call 'close(6)' EBADF DELETE sockets/6
request DELETE ""
trap - EXIT
printf '%-58s = %s\n' 'exit(0)' "$answer"
[ "$answer" = '{"closed":[3,4,5,7],"unfreed":[1]}' ] || fail 'the leak report'
printf '\nall went as told\n'
