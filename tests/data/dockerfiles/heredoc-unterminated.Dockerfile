FROM alpine
RUN <<EOF
echo a

RUN b
FROM c AS d
COPY --from=d x y
