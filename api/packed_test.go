package api

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestTakesGzip(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{"": false, "gzip": true, "br, GZIP;q=0.5": true, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0.001": true, "br": false, "x-gzip": false} {
		require.Equal(t, want, takesGzip(header), "%q", header)
	}
}

func TestTheApplicationTravelsGzippedToWhoeverTakesIt(t *testing.T) {
	t.Parallel()
	script := []byte(strings.Repeat("export const words = ['里正'];\n", 200))
	h := newHouse(t, func(o *Options) {
		o.Web = fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "assets/app-1a2b.js": {Data: script}, "assets/tiny-1a2b.js": {Data: []byte("export {}")}}
	})
	get := func(path, encoding string) response {
		r := h.request("GET", path, nil)
		r.Header.Set("Accept-Encoding", encoding)
		return h.send(r)
	}
	for range 2 { // packed, and then as it was packed before
		small := get("/assets/app-1a2b.js", "gzip, br")
		require.Equal(t, "gzip", small.header.Get("Content-Encoding"))
		require.Equal(t, "text/javascript; charset=utf-8", small.header.Get("Content-Type"))
		require.Equal(t, "Accept-Encoding", small.header.Get("Vary"))
		require.Less(t, len(small.body), len(script)/10)
		z, err := gzip.NewReader(bytes.NewReader(small.body))
		require.NoError(t, err)
		whole, err := io.ReadAll(z)
		require.NoError(t, err)
		require.Equal(t, script, whole)
	}
	plain := get("/assets/app-1a2b.js", "identity")
	require.Empty(t, plain.header.Get("Content-Encoding"))
	require.Equal(t, "Accept-Encoding", plain.header.Get("Vary"), "a cache between must keep the two apart")
	require.Equal(t, script, plain.body)
	require.Empty(t, get("/assets/tiny-1a2b.js", "gzip").header.Get("Content-Encoding"), "what is small already travels as it is")
}
