package dev.socketlab.endtoend;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow;

/**
 * A request and its answer, as they were on the wire.
 *
 * @param target path and query, as the request line has them
 * @param contentType of the request's body; empty for none
 * @param body of the request
 * @param headers of the answer
 * @param answer its body
 */
record Exchange(
        String method,
        String target,
        String contentType,
        byte[] body,
        int status,
        Map<String, String> headers,
        byte[] answer) {

    Exchange {
        Map<String, String> insensitive = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        insensitive.putAll(headers);
        headers = insensitive;
    }

    static Exchange of(HttpResponse<byte[]> response) {
        HttpRequest request = response.request();
        URI uri = request.uri();
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Exchange(
                request.method(),
                uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                request.headers().firstValue("Content-Type").orElse(""),
                request.bodyPublisher().map(Exchange::bytes).orElse(new byte[0]),
                response.statusCode(),
                headers,
                response.body());
    }

    private static byte[] bytes(HttpRequest.BodyPublisher publisher) {
        HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
        publisher.subscribe(
                new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        all.onSubscribe(subscription);
                    }

                    @Override
                    public void onNext(ByteBuffer item) {
                        all.onNext(List.of(item));
                    }

                    @Override
                    public void onError(Throwable error) {
                        all.onError(error);
                    }

                    @Override
                    public void onComplete() {
                        all.onComplete();
                    }
                });
        return all.getBody().toCompletableFuture().join();
    }

    String path() {
        return target.replaceFirst("\\?.*", "");
    }

    String query() {
        return target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
    }

    /** The media type of the answer, without its parameters; empty for none. */
    String type() {
        return mediaType(headers.getOrDefault("Content-Type", ""));
    }

    /** That of the request's body. */
    String requestType() {
        return mediaType(contentType);
    }

    private static String mediaType(String value) {
        return value.replaceFirst(";.*", "").strip();
    }

    boolean isAccepted() {
        return status < 300;
    }

    @Override
    public String toString() {
        return method + " " + target + " " + status;
    }
}
