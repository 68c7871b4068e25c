#!/usr/bin/env bash
# springdoc-openapi-starter-webmvc-api 3.1.1 with Spring Boot 4.1.1.
# A controller takes a @RequestBody, and the application has JSON alone. Expected: a body in
# application/yaml is 415, as it is without springdoc. Seen: with springdoc it is 200, since its
# jackson-dataformat-yaml, which it has to write its own document, is a message converter to Spring MVC.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

application() {
    local dependency=$1 source="$work/$2/src/main/java/app"
    mkdir -p "$source"
    cat >"$work/$2/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>4.1.1</version>
  </parent>
  <groupId>app</groupId>
  <artifactId>app</artifactId>
  <version>1</version>
  <properties><java.version>25</java.version></properties>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-webmvc</artifactId>
    </dependency>
    $dependency
  </dependencies>
</project>
XML
    cat >"$source/Application.java" <<'JAVA'
package app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Application {
    @PostMapping("/")
    Map<String, Object> echo(@RequestBody Map<String, Object> body) {
        return body;
    }

    public static void main(String[] args) throws Exception {
        try (var context = SpringApplication.run(Application.class, "--server.port=0", "--server.address=127.0.0.1")) {
            String port = context.getEnvironment().getProperty("local.server.port");
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .header("Content-Type", "application/yaml")
                            .POST(HttpRequest.BodyPublishers.ofString("name: value"))
                            .build();
            System.out.println("status "
                    + HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        }
    }
}
JAVA
    (cd "$repository" && ./mvnw -q -f "$work/$2/pom.xml" compile spring-boot:run) >"$work/$2/log" 2>&1 || {
        cat "$work/$2/log" >&2
        exit 1
    }
}

application '' without
application '<dependency>
      <groupId>org.springdoc</groupId>
      <artifactId>springdoc-openapi-starter-webmvc-api</artifactId>
      <version>3.1.1</version>
    </dependency>' with
grep -q 'status 415' "$work/without/log"
grep -q 'status 200' "$work/with/log"
