FROM alpine
LABEL name="Grüße, 世界 🚀" ключ=значение
RUN echo      x
RUN echo 👩‍👩‍👧
