package embedded

import (
	"errors"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// account is the user a child runs as.
type account struct {
	uid, gid int
	name     string
	other    bool // not the user of this process
}

// databaseAccount is this process's own user, or for root, as whom PostgreSQL
// refuses to run, an unprivileged one.
func databaseAccount() (account, error) {
	if uid := os.Geteuid(); uid != 0 {
		return account{uid: uid, gid: os.Getegid()}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue // the next one will do
		}
		uid, err := strconv.Atoi(u.Uid)
		if err != nil {
			return account{}, err
		}
		gid, err := strconv.Atoi(u.Gid)
		if err != nil {
			return account{}, err
		}
		return account{uid: uid, gid: gid, name: name, other: true}, nil
	}
	return account{}, errors.New("PostgreSQL does not run as root and there is neither a user postgres nor a user nobody: start lizheng as an ordinary user")
}

func (a account) attributes() *syscall.SysProcAttr {
	if !a.other {
		return &syscall.SysProcAttr{}
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{
		Uid: uint32(a.uid),
		Gid: uint32(a.gid),
	}}
}
