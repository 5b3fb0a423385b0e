FROM alpine
ENV a b c  d
ENV a=b c="d e" f='g h' i=j\ k l=
ENV "q r" s
ENV abc=1 \
    def=2 \
    # why
    ghi=3
