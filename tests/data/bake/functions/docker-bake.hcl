variable "X" {}
variable "L" { 
 default = ["a","b"] 
}
variable "T" { 
 type = list(string)
 default = ["q"] 
}
variable "N" { 
 default = null 
}
variable "NU" { 
 default = 3 
}
function "tag" {
 params=[a,b]
 result = "${a}-${b}"
}
function "v" {
 params=[a]
 variadic_params = rest
 result = "${a}-${join(",",rest)}"
}
G = "global"
target "default" { 
 args = { X = X, XE = X==null, L=join("-",L), NU=NU+1, NN = N==null ? "null" : "set", G=G, F=tag("x",1), V=v("a","b","c"), BIG=12345678901234, D=10/4, R="${L[0]}", t=target.other.tags[0], FMT=format("%s-%03d-%q",1,2,"z"), up=title("hello world"), s=substr("hello",1,3), TL = length(T), TT=T[0], neg = -3, re=regex_replace("a1b2","[0-9]","_") , try=try(nonexist.x,"fb"), B=NU > 2 && true, E="", bcp="${BAKE_LOCAL_PLATFORM}|${BAKE_CMD_CONTEXT}", j=jsonencode({b=1,a=["x",null,true]}), lk=lookup({a="1"},"b","dflt"), sha=sha256("a"), m5=md5("x"), ts=trimsuffix("a.go",".go"), idx=index(["a","b"],1) , ix2=indexof(["a","b"],"b"), sp=split(",","a,b")[1], fl=floor(2.7), mx=max(1,5,3), pint=parseint("ff",16), keys=join(",",keys({z=1,a=2})), vals=join(",",values({z=1,a=2})), fd=formatdate("YYYY-MM-DD","2024-01-02T03:04:05Z"), dist=join(",",distinct(["a","b","a"])), srt=join(",",sort(["b","a"])), fle=join(",",flatten([["a"],["b",["c"]]])), sl=join(",",slice(["a","b","c"],1,3)), rv=reverse("abc"), rl=join(",",reverselist(["a","b"])), cl=coalesce("","x"), cl2=coalesce(null,"x"), cm=join(",",compact(["a","","b"])), ct=contains(["a"],"a"), rg=regex("([a-z])([0-9])","q7")[1], ra=length(regexall("[0-9]","1a2")), rp=replace("a.b.c",".","-"), rp2=replace("a1","/[0-9]/","x"), b64=base64encode("hi"), ue=urlencode("a b&c"), ind=indent(2,"a\nb"), ch=chomp("a\n"), tr=trim("  a ", " "), tsp=trimspace(" a "), rng=join(",",range(3)), zm=zipmap(["a"],["1"]).a, mg=merge({a=1},{b=2}).b, el=element(["a","b"],3), su=join(",",setunion(["a"],["b"])), sb=join(",",setsubtract(["a","b"],["b"])), ad=add(1,2), eq=equal("a","a"), nt=not(true), sg=signum(-2), ab=absolute(-2), pw=pow(2,10), md=modulo(7,3), cel=ceil(1.1), int=int(1.9), bn=basename("/a/b"), dn=dirname("/a/b"), sz=sanitize("a/b.c"), conv=convert("3", number)+1, csv=csvdecode("a,b\n1,2")[0].b, up2=upper("ab"), sln=strlen("日本"), chk=length(chunklist(["a","b","c"],2)), fls=join(",",formatlist("%s!",["a","b"])), jd=jsondecode("{\"a\":1}").a, hi=hasindex(["a"],0), sp2=length(setproduct(["a","b"],["c","d"])), lg=log(8,2), ta=timeadd("2024-01-02T03:04:05Z","1h"), spl=join(",",[{n="q"},{n="w"}][*].n), fore=join(",",[for k,v in {a=1,b=2}: "${k}${v}" if v>1]), forl=join(",",[for i,v in ["x","y"]: "${i}${v}"]), obj={for k in ["a","b"]: k => upper(k)}["a"]
 } 
}
target "other" { tags=["t1","t2"] }
