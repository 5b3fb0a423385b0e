variable "TAG" { 
 default = "v1" 
}
group "default" { targets = ["a","b"] }
target "base" { 
 args = { 
   GO = "1.2", N = 3 
   LT = "<a&b>", F=1.5, T=true, NU=null, DOLLAR="$${x} %%{y}", UNI="ü日 \t\u2028"
  } 
 labels = { "x" = "y" } 
}
target "a" { 
inherits=["base"] 
tags = ["x:${TAG}", "<&>"] 
output=["type=local,dest=out", "outdir", "type=registry", {type="image",push="true"}]
cache-from=["user/app:cache", "type=local,src=x"]
cache-to=["type=inline"]
attest=["type=provenance,mode=max", "type=sbom"]
platforms=["linux/amd64","linux/arm64"]
no-cache-filter=["b","a"]
pull=true
shm-size="128m"
ulimits=["nofile=1024:1024"]
extra-hosts={ my="1.1.1.1" }
annotations=["index:a=b"]
entitlements=["security.insecure"]
network="host"
call="check"
description="d"
contexts={ z="target:base", y="docker-image://alpine" }
}
target "b" { 
name="b-${replace(v, ".", "-")}" 
matrix={ 
v=["1.1","2.2"]
 }
args={
V=v
} 
dockerfile-inline=<<E2
FROM alpine
E2
}
target "credentials" {
  secret = ["id=a,src=token.txt", { id = "k", env = "KK" }, "type=env,id=e", "type=env,src=VAR,id=v"]
  ssh    = ["k=key.pem", { id = "m", paths = ["key.pem"] }]
}
