// Package visitor comes to the door as people do: over HTTP, signed in as one of the sample people. The bench measures what
// visitors experience, the chaos run proves what they were promised.
package visitor

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// Visitor is one signed-in person. It may be used by several goroutines.
type Visitor struct {
	Login  string
	base   string
	client *http.Client
	cookie *http.Cookie
}

// Reply is what the door answered.
type Reply struct {
	Status int
	Body   []byte
}

// OK reports whether the door said yes.
func (r Reply) OK() bool { return r.Status >= 200 && r.Status < 300 && r.Status != http.StatusAccepted }

// Read decodes the body of a yes; anything else is an error that quotes the answer.
func (r Reply) Read(into any) error {
	if !r.OK() {
		return fmt.Errorf("the door answered %d: %s", r.Status, bytes.TrimSpace(r.Body))
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(r.Body, into)
}

// Code is the stable code of a refusal, "" for anything else.
func (r Reply) Code() string {
	var problem struct {
		Code string `json:"code"`
	}
	if r.Status < 400 || json.Unmarshal(r.Body, &problem) != nil {
		return ""
	}
	return problem.Code
}

// SignIn comes in with a login and a password at the door under base, which has no path.
func SignIn(ctx context.Context, client *http.Client, base, login, password string) (*Visitor, error) {
	v := &Visitor{Login: login, base: base + "/api/v1", client: client}
	body, err := json.Marshal(map[string]string{"login": login, "password": password})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, v.base+"/session", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", login, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", login, err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("sign in as %s: the door answered %d: %s", login, response.StatusCode, bytes.TrimSpace(text))
	}
	for _, c := range response.Cookies() {
		if c.Value != "" {
			v.cookie = c
		}
	}
	if v.cookie == nil {
		return nil, errors.New("the door gave no session")
	}
	return v, nil
}

// Send asks the door. An act brings its key; a body is sent as JSON, or as it is when it is bytes. An error means that no
// whole answer came: whether the act was done is not known.
func (v *Visitor) Send(ctx context.Context, method, path, key string, body any) (Reply, error) {
	return v.SendTo(ctx, v.base, method, path, key, body)
}

// SendTo asks another door of the same service, whose base ends in /api/v1.
func (v *Visitor) SendTo(ctx context.Context, base, method, path, key string, body any) (Reply, error) {
	request, err := v.request(ctx, method, base+path, body)
	if err != nil {
		return Reply{}, err
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	return v.ask(request)
}

// Save sends a new content over the revision that was seen.
func (v *Visitor) Save(ctx context.Context, method, path, key string, seen int, body any) (Reply, error) {
	request, err := v.request(ctx, method, v.base+path, body)
	if err != nil {
		return Reply{}, err
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	request.Header.Set("If-Match", fmt.Sprintf("%q", strconv.Itoa(seen)))
	return v.ask(request)
}

func (v *Visitor) ask(request *http.Request) (Reply, error) {
	response, err := v.client.Do(request)
	if err != nil {
		return Reply{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return Reply{}, err
	}
	return Reply{response.StatusCode, text}, nil
}

func (v *Visitor) request(ctx context.Context, method, url string, body any) (*http.Request, error) {
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		content = bytes.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, url, content)
	if err != nil {
		return nil, err
	}
	if content != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Accept-Language", "en")
	request.AddCookie(v.cookie)
	return request, nil
}
