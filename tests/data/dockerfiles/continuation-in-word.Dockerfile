FROM al\
pine
CO\
PY a\
b /c
ENV na\
me=va\
lue
