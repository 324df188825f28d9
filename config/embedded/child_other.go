//go:build !linux

package embedded

import "syscall"

// dieWithParent does nothing here: only Linux can tie a child to its parent.
// A child that outlives a killed parent is found and ended by the next start.
func dieWithParent(*syscall.SysProcAttr, syscall.Signal) {}
