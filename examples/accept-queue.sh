#!/usr/bin/env bash
# Fills an accept queue, watches it, and drains it: a listener with a backlog of 2, six clients, and
# nobody who accepts. Needs curl and jq. SOCKETLAB_URL is the service; status 0 means that all went as
# told.
set -euo pipefail
export LC_ALL=C
url=${SOCKETLAB_URL:-http://127.0.0.1:8080}
api=${url%/}/api/v1
json='Content-Type: application/json'
session=''

fail() {
    echo "not as told: $*" >&2
    exit 1
}

end() {
    [ -z "$session" ] || curl -sS -o /dev/null -X DELETE "$session" || true
}
trap end EXIT

# call METHOD PATH [BODY]: prints the answer, whatever it is
call() {
    curl -sS --max-time 60 -X "$1" "$session/$2" -H "$json" ${3:+-d "$3"}
}

state() {
    call GET "sockets/$1" | jq -r .state
}

# figures: the two queues of the listener
figures() {
    call GET sockets/3 | jq -r '.queues | "SYN queue \(.syn.depth) of \(.syn.limit), accept queue \(.accept.depth) of \(.accept.limit), dropped \(.dropped)"'
}

depth() {
    call GET sockets/3 | jq .queues.accept.depth
}

# until_is WANTED COMMAND...: asks until the command prints that, for 30 s
until_is() {
    for _ in $(seq 300); do
        [ "$("${@:2}")" != "$1" ] || return 0
        sleep 0.1
    done
    fail "$2 never printed $1"
}

id=$(curl -sS -X POST "$api/sessions" -H "$json" -d '{"name":"accept-queue"}' | jq -er .id) || fail "no session at $api"
session=$api/sessions/$id
call POST sockets '{}' >/dev/null
call POST sockets/3/bind '{"addr":"127.0.0.1:0"}' >/dev/null
call POST sockets/3/listen '{"backlog":2}' >/dev/null
addr=127.0.0.1:$(call GET sockets/3/getsockname | jq .addr.port)
printf '%-24s%s\n' 'listen(3, 2)' "$(figures)"

for fd in 4 5 6 7 8 9; do
    call POST sockets '{"flags":["SOCK_NONBLOCK"]}' >/dev/null
    call POST "sockets/$fd/connect" "{\"addr\":\"$addr\"}" >/dev/null
    [ "$fd" -gt 6 ] || until_is ESTABLISHED state "$fd"
    printf '%-24s%s\n' "connect($fd): $(state "$fd")" "$(figures)"
done

[ "$(depth)" = 3 ] || fail "the accept queue has $(depth)"
for fd in 7 8 9; do
    [ "$(state "$fd")" = SYN-SENT ] || fail "fd $fd is $(state "$fd")"
done
overflows=$(call GET sockets/3 | jq .netstat.ListenOverflows)
[ "$overflows" -ge 3 ] || fail "ListenOverflows is $overflows"
echo
curl -sS -H 'Accept: text/plain' "$session/sockets"
echo

echo 'Three of six are in: one more than the limit. The others send their SYN again, after a second and'
echo 'then after more and more. Now somebody accepts.'
for _ in 1 2 3; do
    fd=$(call POST sockets/3/accept '{}' | jq .fd)
    printf '%-24s%s\n' "accept(3) = $fd" "$(figures)"
done
until_is 3 depth
printf '%-24s%s\n' 'and the others come:' "$(figures)"
for _ in 1 2 3; do
    call POST sockets/3/accept '{}' >/dev/null
done
[ "$(depth)" = 0 ] || fail "the accept queue still has $(depth)"
printf '%-24s%s\n' 'all are accepted:' "$(figures)"
