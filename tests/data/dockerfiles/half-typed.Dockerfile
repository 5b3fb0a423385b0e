FR
FROM
FROM  
FROM alpine AS
COPY
COPY --
COPY --from
COPY --from=
COPY --from= a
RUN --mount=type=
ENV
ARG
CMD [
CMD ["
ONBUILD
HEALTHCHECK --interval=
RUN <<
RUN <<-
