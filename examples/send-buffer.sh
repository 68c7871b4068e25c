#!/usr/bin/env bash
# Fills a send buffer, watches it, and drains it: a sender that does not wait, and a reader that does not
# read. Needs curl and jq. SOCKETLAB_URL is the service; status 0 means that all went as told.
set -euo pipefail
export LC_ALL=C
url=${SOCKETLAB_URL:-http://127.0.0.1:8080}
api=${url%/}/api/v1
json='Content-Type: application/json'
chunk=100000
session=''
work=$(mktemp -d)

fail() {
    echo "not as told: $*" >&2
    exit 1
}

end() {
    [ -z "$session" ] || curl -sS -o /dev/null -X DELETE "$session" || true
    rm -rf "$work"
}
trap end EXIT

# call METHOD PATH [BODY]: prints the answer, whatever it is
call() {
    curl -sS --max-time 60 -X "$1" "$session/$2" -H "$json" ${3:+-d "$3"}
}

# figures: the sender's buffer, the reader's, and the window that the reader gives
figures() {
    call GET sockets | jq -r '(.[] | select(.fd == 4)) as $out | (.[] | select(.fd == 5)) as $in |
        "sender: \($out.buffers.send.queued) queued = \($out.buffers.send.unacked) unacked + \($out.buffers.send.unsent) unsent, \($out.buffers.send.memory) of \($out.buffers.send.capacity) taken; reader: \($in.buffers.receive.queued) queued, \($in.buffers.receive.memory) of \($in.buffers.receive.capacity) taken; window \($out.tcp.snd_wnd)"'
}

queued() {
    call GET sockets | jq '[.[] | (.buffers.send.queued // 0) + (.buffers.receive.queued // 0)] | add'
}

id=$(curl -sS -X POST "$api/sessions" -H "$json" -d '{"name":"send-buffer"}' | jq -er .id) || fail "no session at $api"
session=$api/sessions/$id
call POST sockets '{}' >/dev/null
call POST sockets/3/bind '{"addr":"127.0.0.1:0"}' >/dev/null
call POST sockets/3/listen '{}' >/dev/null
addr=127.0.0.1:$(call GET sockets/3/getsockname | jq .addr.port)
call POST sockets '{}' >/dev/null
call POST sockets/4/connect "{\"addr\":\"$addr\"}" >/dev/null
call POST sockets/3/accept '{}' >/dev/null
echo "connected: $(figures)"

head -c "$chunk" /dev/zero >"$work/chunk"
sent=0
partly=false
while :; do
    answer=$(curl -sS --max-time 60 -X POST "$session/sockets/4/send?flags=MSG_DONTWAIT" \
        -H 'Content-Type: application/octet-stream' --data-binary "@$work/chunk")
    took=$(jq -r '.returned' <<<"$answer")
    if [ "$took" = -1 ]; then
        [ "$(jq -r .errno <<<"$answer")" = EAGAIN ] || fail "send: $answer"
        break
    fi
    sent=$((sent + took))
    [ "$took" = "$chunk" ] || partly=true
    printf 'send(4, buf, %d, MSG_DONTWAIT) = %d\n' "$chunk" "$took"
done
$partly || fail 'the last send was not cut short'
echo "send(4, buf, $chunk, MSG_DONTWAIT) = -1 EAGAIN"
echo "full: $(figures)"
[ "$(queued)" = "$sent" ] || fail "$(queued) bytes are in the two buffers, $sent were sent"

left=$sent
while [ "$left" -gt 0 ]; do
    read=$(curl -sS --max-time 60 -X POST "$session/sockets/5/recv" -H "$json" \
        -H 'Accept: application/octet-stream' -d '{"len":1000000}' -o "$work/read" -w '%{size_download}')
    [ "$read" -gt 0 ] || fail 'the stream ended'
    left=$((left - read))
    echo "recv(5, buf, 1000000, 0) = $read: $(figures)"
done
for _ in $(seq 300); do
    [ "$(queued)" != 0 ] || break
    sleep 0.1
done
echo "drained: $(figures)"
[ "$(queued)" = 0 ] || fail "$(queued) bytes are left"
