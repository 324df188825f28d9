package chaos

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync"

	"lizheng/civic"
	"lizheng/cmd/lizheng/internal/visitor"
)

// Intent is one act that a client means to do, under its key. It is on disk before it is sent.
type Intent struct {
	N      int             `json:"n"`
	Why    string          `json:"why"` // which job meant it
	Login  string          `json:"login"`
	Key    string          `json:"key,omitempty"`
	Deed   bool            `json:"deed,omitempty"` // no act on a case
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body,omitempty"`
	Raw    []byte          `json:"raw,omitempty"`   // a body that is no JSON
	Never  bool            `json:"never,omitempty"` // it must be refused whatever happens

	answers []Answer
}

// Answer is one thing that a client heard about an intent.
type Answer struct {
	N      int    `json:"n"`
	Status int    `json:"status"` // 0 when no whole answer came
	Body   string `json:"body,omitempty"`
	Err    string `json:"err,omitempty"`
}

// Class is what an answer means for whether the act was done.
type Class string

// The classes. Whatever fits none of them fails the run.
const (
	Yes       Class = "yes"       // done, exactly once
	No        Class = "no"        // not done, and the same key will never do it
	NotHere   Class = "not here"  // not done, and nothing was kept
	Ambiguous Class = "ambiguous" // done or not: ask again under the same key
	Strange   Class = "unclassified"
)

// class sorts an answer.
func (a Answer) class() Class {
	switch a.Status {
	case http.StatusOK, http.StatusCreated, http.StatusNoContent:
		return Yes
	case http.StatusBadRequest, http.StatusForbidden, http.StatusConflict, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge,
		http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusPreconditionRequired:
		return No
	case http.StatusNotFound:
		return NotHere
	case 0, http.StatusAccepted, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return Ambiguous
	}
	return Strange
}

// person is the natural person behind a login of the sample city.
func person(login string) string {
	out := []byte(login)
	for i, b := range out {
		if b == '.' {
			out[i] = '-'
		}
	}
	return string(out)
}

// act is the id that actor and key make.
func (i *Intent) act() string {
	kind := "act"
	if i.Deed {
		kind = "deed"
	}
	return civic.NewID(kind, person(i.Login), i.Key)
}

// diary keeps intents and answers, on disk as soon as they are known.
type diary struct {
	mu      sync.Mutex
	file    *os.File
	intents []*Intent
}

func openDiary(file string) (*diary, error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	return &diary{file: f}, err
}

// intend writes an intent down. Only then may it be sent.
func (d *diary) intend(i Intent) (*Intent, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i.N = len(d.intents)
	d.intents = append(d.intents, &i)
	return &i, d.write(i)
}

// heard writes an answer down.
func (d *diary) heard(i *Intent, r visitor.Reply, err error) (Answer, error) {
	a := Answer{N: i.N, Status: r.Status, Body: string(r.Body)}
	if err != nil {
		a.Status, a.Err = 0, err.Error()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	i.answers = append(i.answers, a)
	return a, d.write(a)
}

func (d *diary) write(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := d.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("keep the diary: %w", err)
	}
	return d.file.Sync()
}

// all are the intents so far.
func (d *diary) all() []*Intent {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]*Intent(nil), d.intents...)
}

// settled is the first definite answer, and whether there is one.
func (d *diary) settled(i *Intent) (Answer, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, a := range i.answers {
		if c := a.class(); c == Yes || c == No || c == NotHere {
			return a, true
		}
	}
	return Answer{}, false
}
