#!/usr/bin/env bash
# A TCP peer that misbehaves on purpose, four ways, each against a real curl: what a test engineer has
# a client face. Needs curl and jq. SOCKETLAB_URL is the service; status 0 means that all went as told.
set -euo pipefail
export LC_ALL=C
url=${SOCKETLAB_URL:-http://127.0.0.1:8080}
api=${url%/}/api/v1
export no_proxy=127.0.0.1,localhost,::1${no_proxy:+,$no_proxy}
json='Content-Type: application/json'
work=$(mktemp -d)
session=''

fail() {
    echo "not as told: $*" >&2
    exit 1
}

end() {
    [ -z "$session" ] || curl -sS -o /dev/null -X DELETE "$session" || true
    rm -rf "$work"
}
trap end EXIT

# call METHOD PATH [BODY]: prints the answer; a problem document ends the script
call() {
    local answer
    answer=$(curl -sS --max-time 60 -X "$1" "$session/$2" -H "$json" ${3:+-d "$3"})
    jq -e 'has("returned") and (has("errno") | not)' >/dev/null <<<"$answer" || fail "$1 $2: $answer"
    printf '%s\n' "$answer"
}

# listener BACKLOG: a new session whose fd 3 listens; its address goes to $peer
listener() {
    session=$(curl -sS -X POST "$api/sessions" -H "$json" -d '{"name":"test-peer","network":"host"}' | jq -er .id) ||
        fail "no session at $api"
    session=$api/sessions/$session
    call POST sockets '{}' >/dev/null
    call POST sockets/3/bind '{"addr":"127.0.0.1:0"}' >/dev/null
    call POST sockets/3/listen "{\"backlog\":$1}" >/dev/null
    peer=127.0.0.1:$(call GET sockets/3/getsockname | jq .addr.port)
}

close_session() {
    curl -sS -o /dev/null -X DELETE "$session"
    session=''
}

# client [curl arguments]: curl against the peer, in the background; its status goes to $work/status
client() {
    (
        status=0
        curl -sS --noproxy '*' "$@" "http://$peer/" >"$work/out" 2>"$work/err" || status=$?
        echo "$status" >"$work/status"
    ) &
    curl_pid=$!
}

# told NAME STATUS: how curl ended
told() {
    wait "$curl_pid"
    printf '%-14s curl %s: %s\n' "$1" "$(cat "$work/status")" "$(tail -1 "$work/err" | cut -c1-90)"
    [ "$(cat "$work/status")" = "$2" ] || fail "$1: curl ended with $(cat "$work/status"), not $2"
}

info() {
    call GET "sockets/$1/options/TCP_INFO" | jq ".optval.$2"
}

echo 'A full backlog: listen(3, 0) has room for one, and that one is never accepted'
listener 0
call POST sockets '{}' >/dev/null
call POST sockets/4/connect "{\"addr\":\"$peer\"}" >/dev/null
queue=$(info 3 unacked)
printf '%-14s accept queue %s, limit %s\n' '' "$queue" "$(info 3 sacked)"
[ "$queue" = 1 ] || fail "the accept queue has $queue"
client --connect-timeout 2
told 'backlog' 28
close_session

echo 'A reset: the request is read, then SO_LINGER with l_linger 0 makes close send a RST'
listener 5
client --max-time 30
call POST sockets/3/accept >/dev/null
call POST sockets/4/recv '{"len":65536}' | jq -r '.data | split("\r\n")[0] | "               \(.)"'
call PUT sockets/4/options/SO_LINGER '{"optval":{"l_onoff":1,"l_linger":0}}' >/dev/null
call DELETE sockets/4 >/dev/null
told 'reset' 56
close_session

echo 'A reader that stops: nothing is received, the window closes, curl cannot send on'
listener 5
call PUT sockets/3/options/SO_RCVBUF '{"optval":8192}' >/dev/null
head -c 20000000 /dev/zero >"$work/upload"
client --max-time 4 -H Expect: --data-binary "@$work/upload" --write-out '%{size_upload}'
call POST sockets/3/accept >/dev/null
for _ in $(seq 100); do
    window=$(info 4 rcv_wnd)
    [ "$window" != 0 ] || break
    sleep 0.05
done
printf '%-14s receive window %s bytes\n' '' "$window"
[ "$window" = 0 ] || fail "the window is $window"
told 'zero window' 28
printf '%-14s %s of 20000000 bytes left curl\n' '' "$(cat "$work/out")"
[ "$(cat "$work/out")" -lt 20000000 ] || fail 'curl sent everything'
close_session

echo 'A half-close: it promises 10 bytes, sends 5, and ends its direction; the other stays open'
listener 5
client --max-time 30
call POST sockets/3/accept >/dev/null
call POST sockets/4/recv '{"len":65536}' >/dev/null
call POST sockets/4/send '{"data":"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"}' >/dev/null
call POST sockets/4/shutdown '{"how":"SHUT_WR"}' >/dev/null
told 'half-close' 18
[ "$(cat "$work/out")" = hello ] || fail "curl printed $(cat "$work/out")"
printf '%-14s then curl closed too: recv = %s\n' '' "$(call POST sockets/4/recv '{"len":100}' | jq .returned)"
close_session
echo 'all went as told'
