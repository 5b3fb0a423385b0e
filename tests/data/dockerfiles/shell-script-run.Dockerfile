FROM debian
RUN set -eux; \
	apt-get update; \
	apt-get install -y --no-install-recommends \
		ca-certificates \
		curl \
	; \
	rm -rf /var/lib/apt/lists/*; \
	if [ "$X" = "\\" ]; then echo "a  b"; fi
