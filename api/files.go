package api

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"lizheng/civic"
)

// Store keeps the bytes of attachments in a folder, under their SHA-256: what is there once is there once, whoever
// uploaded it how often, and a file that was tampered with no longer fits its name.
type Store struct{ root *os.Root }

// OpenStore opens the folder, and makes it if need be. Nothing outside it is ever read or written.
func OpenStore(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for attachments: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder for attachments: %w", err)
	}
	return &Store{root}, nil
}

// Close lets the folder go.
func (s *Store) Close() error { return s.root.Close() }

// Put stores what the reader gives and says what it is, or refuses it: too large, empty, or not what its name says.
// The same bytes may be put again.
func (s *Store) Put(name string, r io.Reader) (civic.NewAttachment, error) {
	kind, ok := fileKinds[strings.ToLower(path.Ext(name))]
	if !ok {
		return civic.NewAttachment{}, errFileKind(name)
	}
	temporary := "incoming-" + rand.Text()
	f, err := s.root.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return civic.NewAttachment{}, fmt.Errorf("store an attachment: %w", err)
	}
	defer func() {
		_ = f.Close()                // closed before, unless it failed
		_ = s.root.Remove(temporary) // renamed before, unless it failed
	}()
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, hash), io.LimitReader(r, civic.MaxAttachment+1))
	switch {
	case err != nil:
		return civic.NewAttachment{}, errUploadBroken(err)
	case size > civic.MaxAttachment:
		return civic.NewAttachment{}, errTooLarge()
	case size == 0:
		return civic.NewAttachment{}, civic.Refuse(civic.Invalid, "empty_file", "文件内容为空。", "The file is empty.").At("file")
	}
	if ok, err := kind.fits(f, size); !ok || err != nil {
		return civic.NewAttachment{}, cmp.Or(err, errFileKind(name))
	}
	digest := hex.EncodeToString(hash.Sum(nil))
	if err := s.keep(f, temporary, digest); err != nil {
		return civic.NewAttachment{}, fmt.Errorf("store an attachment: %w", err)
	}
	return civic.NewAttachment{Name: name, MediaType: kind.mediaType, Size: size, SHA256: digest}, nil
}

// keep makes the file last and gives it its name.
func (s *Store) keep(f *os.File, temporary, digest string) error {
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := s.root.Mkdir(digest[:2], 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return s.root.Rename(temporary, digest[:2]+"/"+digest)
}

// Open gives the bytes with this digest, after it has seen that they still have it.
func (s *Store) Open(digest string) (*os.File, error) {
	if len(digest) != 2*sha256.Size {
		return nil, fmt.Errorf("open attachment %q: that is no digest", digest)
	}
	f, err := s.root.Open(digest[:2] + "/" + digest)
	if err != nil {
		return nil, fmt.Errorf("open attachment: %w", err)
	}
	hash := sha256.New()
	if _, err = io.Copy(hash, f); err == nil && hex.EncodeToString(hash.Sum(nil)) != digest {
		err = errors.New("its bytes are not those that were stored")
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open attachment %s: %w", digest, err), f.Close())
	}
	return f, nil
}
