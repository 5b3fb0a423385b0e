ARG V=1.2.3
FROM a:${V%.*} AS x
ARG V
ENV A=${V:-none} B=${V:+set} C=${V#1.} D=${V##*.} E=${V%%.*} F=${V/./-} G=${V//./-} H=\$V I='$V' J="$V"
RUN echo ${unclosed
