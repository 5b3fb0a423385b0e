FROM alpine AS s0

FROM alpine AS s1
RUN echo 1
COPY --from=s0 /a /b

FROM alpine AS s2
RUN echo 2
COPY --from=s1 /a /b

FROM alpine AS s3
RUN echo 3
COPY --from=s2 /a /b

FROM alpine AS s4
RUN echo 4
COPY --from=s3 /a /b

FROM alpine AS s5
RUN echo 5
COPY --from=s4 /a /b

FROM alpine AS s6
RUN echo 6
COPY --from=s5 /a /b

FROM alpine AS s7
RUN echo 7
COPY --from=s6 /a /b

FROM alpine AS s8
RUN echo 8
COPY --from=s7 /a /b

FROM alpine AS s9
RUN echo 9
COPY --from=s8 /a /b

FROM alpine AS s10
RUN echo 10
COPY --from=s9 /a /b

FROM alpine AS s11
RUN echo 11
COPY --from=s10 /a /b

FROM alpine AS s12
RUN echo 12
COPY --from=s11 /a /b

FROM alpine AS s13
RUN echo 13
COPY --from=s12 /a /b

FROM alpine AS s14
RUN echo 14
COPY --from=s13 /a /b

FROM alpine AS s15
RUN echo 15
COPY --from=s14 /a /b

FROM alpine AS s16
RUN echo 16
COPY --from=s15 /a /b

FROM alpine AS s17
RUN echo 17
COPY --from=s16 /a /b

FROM alpine AS s18
RUN echo 18
COPY --from=s17 /a /b

FROM alpine AS s19
RUN echo 19
COPY --from=s18 /a /b

FROM alpine AS s20
RUN echo 20
COPY --from=s19 /a /b

FROM alpine AS s21
RUN echo 21
COPY --from=s20 /a /b

FROM alpine AS s22
RUN echo 22
COPY --from=s21 /a /b

FROM alpine AS s23
RUN echo 23
COPY --from=s22 /a /b

FROM alpine AS s24
RUN echo 24
COPY --from=s23 /a /b

FROM alpine AS s25
RUN echo 25
COPY --from=s24 /a /b

FROM alpine AS s26
RUN echo 26
COPY --from=s25 /a /b

FROM alpine AS s27
RUN echo 27
COPY --from=s26 /a /b

FROM alpine AS s28
RUN echo 28
COPY --from=s27 /a /b

FROM alpine AS s29
RUN echo 29
COPY --from=s28 /a /b

FROM alpine AS s30
RUN echo 30
COPY --from=s29 /a /b

FROM alpine AS s31
RUN echo 31
COPY --from=s30 /a /b

FROM alpine AS s32
RUN echo 32
COPY --from=s31 /a /b

FROM alpine AS s33
RUN echo 33
COPY --from=s32 /a /b

FROM alpine AS s34
RUN echo 34
COPY --from=s33 /a /b

FROM alpine AS s35
RUN echo 35
COPY --from=s34 /a /b

FROM alpine AS s36
RUN echo 36
COPY --from=s35 /a /b

FROM alpine AS s37
RUN echo 37
COPY --from=s36 /a /b

FROM alpine AS s38
RUN echo 38
COPY --from=s37 /a /b

FROM alpine AS s39
RUN echo 39
COPY --from=s38 /a /b

