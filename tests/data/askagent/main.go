// SPDX-License-Identifier: Apache-2.0

// Asks the agent of SSH_AUTH_SOCK for its keys (11), to forget them all (19), and for its keys again.
package main

import (
	"bytes"
	"os"
	"syscall"
)

func ask(agent int, kind byte) []byte {
	syscall.Write(agent, []byte{0, 0, 0, 1, kind})
	answer := make([]byte, 4096)
	n, _ := syscall.Read(agent, answer)
	return answer[4:n]
}

func main() {
	agent, _ := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err := syscall.Connect(agent, &syscall.SockaddrUnix{Name: os.Getenv("SSH_AUTH_SOCK")}); err != nil {
		panic(err)
	}
	has := func(answer []byte) bool {
		return answer[0] == 12 && bytes.Contains(answer, []byte("planted comment"))
	}
	println("agent:", has(ask(agent, 11)), ask(agent, 19)[0], has(ask(agent, 11)))
}
