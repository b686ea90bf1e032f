# daybook alone, for an external PostgreSQL; docker-compose.yml combines the two.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /daybook
COPY . .
# Queries are checked against .sqlx, so the build needs no database. Downloads and build results are cached between builds,
# so a change to the source compiles daybook only.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/daybook/target \
    SQLX_OFFLINE=true cargo build --profile dist --locked && cp target/dist/daybook /usr/local/bin/

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="daybook" \
      org.opencontainers.image.description="Extracts scheduled diplomatic events from news articles and serves them as a timeline" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
# The user id is fixed, so that files in a volume can be created for this user.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin daybook
COPY --from=build /usr/local/bin/daybook /usr/local/bin/
USER daybook
ENV DAYBOOK_LISTEN=0.0.0.0:8080
EXPOSE 8080
# Healthy when ready, including the database. The image has no curl, so bash sends the request.
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ $status = 200 ]"]
ENTRYPOINT ["daybook"]
CMD ["serve"]
