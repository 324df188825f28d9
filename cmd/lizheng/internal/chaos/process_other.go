//go:build !linux

package chaos

import "syscall"

// attributes give a child signals of its own.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
