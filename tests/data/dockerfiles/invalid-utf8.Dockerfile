FROM alpine
RUN echo ÿþ Ã í € õ€€€ À¯
ENV a=äö
LABEL ÿ=€
COPY é /
