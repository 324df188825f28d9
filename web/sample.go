package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// Words are the same in both languages.
type Words struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Person is a sample person as the sign-in page offers them.
type Person struct {
	Login string  `json:"login"`
	Name  string  `json:"name"`
	Unit  Words   `json:"unit"`
	Post  string  `json:"post,omitempty"`
	Roles []Words `json:"roles"`
}

// Sample is what the sign-in page of a sample city knows: its people and the password that all of them have.
type Sample struct {
	Password string   `json:"password"`
	People   []Person `json:"people"`
}

// sampleFile is asked for by the sign-in page. The one that is built in names nobody.
const sampleFile = "sample.json"

// WithSample is files with a sample city's people for the sign-in page to click on. Never serve it to a network.
func WithSample(files fs.FS, s Sample) (fs.FS, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", sampleFile, err)
	}
	return overlay{files, body}, nil
}

// overlay is a file system with another sample file.
type overlay struct {
	fs.FS
	body []byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if name != sampleFile {
		return o.FS.Open(name)
	}
	return memory{bytes.NewReader(o.body)}, nil
}

// memory is a file that was never on a disk; it is its own description.
type memory struct{ *bytes.Reader }

func (m memory) Stat() (fs.FileInfo, error) { return m, nil }
func (memory) Close() error                 { return nil }
func (memory) Name() string                 { return sampleFile }
func (memory) Mode() fs.FileMode            { return 0o444 }
func (memory) ModTime() time.Time           { return time.Time{} }
func (memory) IsDir() bool                  { return false }
func (memory) Sys() any                     { return nil }

var _ interface {
	fs.File
	fs.FileInfo
	io.Seeker
} = memory{}
