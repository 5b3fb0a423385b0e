	FROM	alpine	AS	x
	RUN	echo	a
