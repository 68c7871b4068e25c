package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer to a request that no client would send, read byte by byte. */
record RawAnswer(String head, byte[] body) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}).*");
    private static final Pattern FIELD = Pattern.compile("(?m)^([^:\r\n]+): *(.*)$");

    /**
     * The next answer, by its own Content-Length or chunks, held to the OpenAPI document.
     *
     * @param request its method and target
     */
    static RawAnswer read(InputStream in, String request) throws IOException {
        String head = head(in);
        Map<String, String> fields = fields(head);
        byte[] body =
                request.startsWith("HEAD ")
                        ? new byte[0]
                        : fields.containsKey("Content-Length")
                                ? bytes(in, Integer.parseInt(fields.get("Content-Length")))
                                : chunks(in, fields);
        hold(request.split(" "), head, fields, body);
        return new RawAnswer(head, body);
    }

    /** The request's body is not there: it is that of a refusal, or nobody reads it. */
    private static void hold(
            String[] request, String head, Map<String, String> fields, byte[] body) {
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        assertThat(status.matches()).as(head).isTrue();
        int code = Integer.parseInt(status.group(1));
        String target = request.length > 1 ? request[1] : "/";
        HeldToDocument.hold(new Exchange(request[0], target, "", new byte[0], code, fields, body));
    }

    /** A head alone. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the connection has ended after: %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static Map<String, String> fields(String head) {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        FIELD.matcher(head)
                .results()
                .forEach(field -> fields.put(field.group(1), field.group(2).strip()));
        return fields;
    }

    private static byte[] chunks(InputStream in, Map<String, String> fields) throws IOException {
        assertThat(fields).containsEntry("Transfer-Encoding", "chunked");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.write(bytes(in, size));
            bytes(in, 2);
        }
        bytes(in, 2);
        return body.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the connection has ended in a chunk").isNotNegative();
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().trim(), 16);
    }

    private static byte[] bytes(InputStream in, int count) throws IOException {
        byte[] read = in.readNBytes(count);
        assertThat(read).hasSize(count);
        return read;
    }

    @Override
    public String toString() {
        return head + new String(body, StandardCharsets.UTF_8);
    }
}
