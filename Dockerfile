# Builds Lifesign from this folder and runs it as an unprivileged user.
#   docker build -t lifesign .
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY schemas schemas
COPY pipeline-domain pipeline-domain
COPY pipeline-core pipeline-core
COPY pipeline-lab pipeline-lab
COPY pipeline-app pipeline-app
RUN mvn -B -ntp -DskipTests package

FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 lifesign \
 && useradd --system --uid 10001 --gid lifesign --home-dir /var/lib/lifesign --create-home lifesign
COPY --from=build /src/pipeline-app/target/lifesign.jar /opt/lifesign/lifesign.jar
COPY --from=build /src/pipeline-app/target/lib /opt/lifesign/lib
USER 10001:10001
VOLUME /var/lib/lifesign
# The heap takes 45 % of the container's memory, and RocksDB takes LIFESIGN_ROCKSDB_BLOCK_CACHE_MIB
# outside the heap. The rest is for threads, buffers and the page cache. These values fit a
# container of 2 GiB; see docs/reference/sizing.md.
ENV JAVA_TOOL_OPTIONS="-XX:+UseParallelGC -XX:MaxRAMPercentage=45 -XX:+ExitOnOutOfMemoryError" \
    LIFESIGN_STATE_DIR=/var/lib/lifesign \
    LIFESIGN_HTTP_HOST=0.0.0.0 \
    LIFESIGN_HTTP_PORT=8080 \
    LIFESIGN_LOGS=json \
    LIFESIGN_ROCKSDB_BLOCK_CACHE_MIB=512 \
    LIFESIGN_ROCKSDB_WRITE_BUFFERS_MIB=192
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-jar", "/opt/lifesign/lifesign.jar"]
CMD ["run"]
