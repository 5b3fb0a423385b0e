# one
  # two, indented
	# three
FROM alpine # no comment
# four\
RUN a \
# five
  # six \
  b
#
