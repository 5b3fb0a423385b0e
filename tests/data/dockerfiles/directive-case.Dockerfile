# SyNtAx = docker/dockerfile:1-labs  
#ESCAPE=\
FROM alpine
