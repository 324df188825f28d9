package api

import (
	"bytes"
	"compress/gzip"
	"strings"
	"sync"
)

// worthPacking is the size from which a file travels faster gzipped than as it is: below, it fits into one packet anyway.
const worthPacking = 1400 // bytes

// packed keeps the application's files as they travel: gzipped once, when they are first asked for. They do not change
// while a process runs.
type packed struct{ files sync.Map }

// of is a file gzipped, or nil when that makes it no smaller: pictures and fonts are packed already.
func (p *packed) of(name string, body []byte) []byte {
	if len(body) < worthPacking {
		return nil
	}
	if found, ok := p.files.Load(name); ok {
		return found.([]byte)
	}
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	_, err := z.Write(body)
	if err == nil {
		err = z.Close()
	}
	out := small.Bytes()
	if err != nil || len(out) >= len(body) {
		out = nil
	}
	p.files.Store(name, out)
	return out
}

// takesGzip reads an Accept-Encoding header.
func takesGzip(accepted string) bool {
	for one := range strings.SplitSeq(accepted, ",") {
		name, weight, _ := strings.Cut(one, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			w := strings.ReplaceAll(weight, " ", "")
			return !strings.HasPrefix(w, "q=0") || strings.Trim(w, "q=0.") != ""
		}
	}
	return false
}
