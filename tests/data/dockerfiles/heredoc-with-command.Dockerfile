FROM python
RUN python3 <<PY > /out && cat /out
print("hello")
PY
