FROM --platform=linux/amd64 alpine
COPY --chown=55:mygroup --chmod=755 --link a* /b/
ADD --checksum=sha256:24454f830 --keep-git-dir=true https://x.y/z.git /z
RUN --network=none --security=insecure x
COPY --exclude=*.md --parents ./a/./b c
RUN -- --flag
COPY --from="a b" x y
