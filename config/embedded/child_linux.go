package embedded

import "syscall"

// dieWithParent has the kernel send s to the child when the thread that
// started it ends.
func dieWithParent(attr *syscall.SysProcAttr, s syscall.Signal) { attr.Pdeathsig = s }
