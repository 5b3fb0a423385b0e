From alpine
rUn echo a
CoPy a b
EnV a=b
