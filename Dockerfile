# syntax=docker/dockerfile:1

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml .
RUN mvn -B -q dependency:go-offline
COPY src src
RUN mvn -B -q package -DskipTests -Dspotless.check.skip=true \
    && java -Djarmode=tools -jar target/socketlab-*.jar extract --layers --destination /layers \
    && mv /layers/application/socketlab-*.jar /layers/application/socketlab.jar

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 socketlab \
    && useradd --system --uid 10001 --gid socketlab --home-dir /nonexistent --shell /usr/sbin/nologin socketlab
WORKDIR /app
# From what changes least to what changes most, so that a new version is one small layer
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
COPY bin/socketlab bin/
# What the JVM learns in a start, kept for the next ones: made here, by the JVM that will use it
RUN java -Xlog:disable -XX:AOTCacheOutput=socketlab.aot -Dspring.context.exit=onRefresh -jar /app/socketlab.jar
USER 10001
EXPOSE 8080
# A container is reached from outside itself: publish the port on loopback, -p 127.0.0.1:8080:8080
ENV SERVER_ADDRESS=0.0.0.0
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
# Sessions have networks of their own where the container may make them: docs/networks.md has the options
ENTRYPOINT ["/app/bin/socketlab"]
