from alpine as base
run apk add --no-cache curl
from base
copy --from=base /etc/hosts /hosts
onbuild run echo hi
cmd ["sh"]
