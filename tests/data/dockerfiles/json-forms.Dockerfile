FROM alpine
CMD []
CMD ["a", "b\"c", "\u00e9\n"]
CMD [ "a" , "b" ]
CMD ["a", "b"
CMD ['a', 'b']
CMD ["a"] trailing
SHELL ["powershell", "-command"]
VOLUME ["/a", "/b"]
ADD ["a b", "c"]
