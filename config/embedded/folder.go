package embedded

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// folder is the data folder, held by one process at a time.
type folder struct {
	path string
	lock *os.File
}

// openFolder makes and locks the data folder. The lock vanishes with the
// process that holds it, however that ends.
func openFolder(path string) (*folder, error) {
	if path == "" {
		return nil, errors.New("no data folder was given")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("the data folder has no absolute path: %w", err)
	}
	// Others may pass through, so that the database user reaches its own
	// folder inside; they see nothing else.
	if err := os.MkdirAll(path, 0o711); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be made: %w", path, cause(err))
	}
	if err := os.MkdirAll(filepath.Join(path, "log"), 0o750); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be written: %w", path, cause(err))
	}
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be written: %w", path, cause(err))
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("the data folder %s is in use by another running lizheng: stop that one first, or choose another folder", path), lock.Close())
	}
	return &folder{path: path, lock: lock}, nil
}

func (f *folder) close() error { return f.lock.Close() }

func (f *folder) log(name string) string { return filepath.Join(f.path, "log", name+".log") }

// longestSocketDir leaves room in the 107 bytes of a unix socket's path for
// "/.s.PGSQL.65535.lock".
const longestSocketDir = 107 - 20

// socketDir is a short private folder for the socket: inside the data folder
// when that is short enough, else a name under /tmp derived from it.
func (f *folder) socketDir() string {
	inside := filepath.Join(f.path, "run")
	if len(inside) <= longestSocketDir {
		return inside
	}
	sum := sha256.Sum256([]byte(f.path))
	return filepath.Join("/tmp", "lizheng-"+hex.EncodeToString(sum[:6]))
}

// privateDir makes dir readable by its owner only. A folder of that name that
// belongs to somebody else is not used: its owner could replace the socket.
func privateDir(dir string, owner account) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the folder %s cannot be made: %w", dir, cause(err))
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	ours := ok && (int(stat.Uid) == os.Geteuid() || int(stat.Uid) == owner.uid)
	if !info.IsDir() || !ours {
		return fmt.Errorf("the folder %s belongs to somebody else", dir)
	}
	if err := os.Chown(dir, owner.uid, owner.gid); err != nil {
		return fmt.Errorf("the folder %s cannot be given to the database user: %w", dir, cause(err))
	}
	return os.Chmod(dir, 0o700)
}

// cause drops the operation and the path that a sentence already names.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// tick is how often a state that nobody announces is looked at again.
const tick = 10 * time.Millisecond

// until looks again and again until ready says so, fails, or ctx ends.
func until(ctx context.Context, ready func() (bool, error)) error {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		ok, err := ready()
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}
