package api

import (
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// serveWeb answers whatever is no operation: a file of the browser application, the application itself for any page of
// it, or that there is no such thing.
func (s *server) serveWeb(c *gin.Context) {
	r := c.Request
	if (r.Method != http.MethodGet && r.Method != http.MethodHead) || strings.HasPrefix(r.URL.Path, "/api/") {
		s.fail(c, civic.ErrNotFound())
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if s.hasFile(name) {
		s.serveFile(c, name)
		return
	}
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		s.fail(c, civic.ErrNotFound())
		return
	}
	if !s.hasFile("index.html") {
		c.Data(http.StatusServiceUnavailable, "text/plain; charset=utf-8",
			[]byte("界面尚未构建，请运行：make web\nUI not built: run make web\n\nAPI: /api/docs\n"))
		return
	}
	s.serveFile(c, "index.html")
}

func (s *server) hasFile(name string) bool {
	if s.o.Web == nil || !fs.ValidPath(name) || strings.HasPrefix(path.Base(name), ".") {
		return false
	}
	info, err := fs.Stat(s.o.Web, name)
	return err == nil && info.Mode().IsRegular()
}

// serveFile lets browsers keep what has its digest in its name, and ask again for everything else.
func (s *server) serveFile(c *gin.Context, name string) {
	cache := "no-cache"
	if strings.HasPrefix(name, "assets/") {
		cache = "public, max-age=" + strconv.Itoa(365*24*hour) + ", immutable"
	}
	body, err := fs.ReadFile(s.o.Web, name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = civic.ErrNotFound()
		}
		s.fail(c, err)
		return
	}
	c.Header("Cache-Control", cache)
	mediaType := mediaTypes[path.Ext(name)]
	if mediaType == "" {
		mediaType = "application/octet-stream"
	}
	c.Header("Vary", "Accept-Encoding") // and not on who asks: the files are the same for everybody
	if small := s.packed.of(name, body); small != nil && takesGzip(c.Request.Header.Get("Accept-Encoding")) {
		c.Header("Content-Encoding", "gzip")
		body = small
	}
	c.Data(http.StatusOK, mediaType, body)
}

// mediaTypes are those of the application's own files; the machine's own table differs from one to the next.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json", ".map": "application/json", ".svg": "image/svg+xml", ".png": "image/png",
	".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon", ".woff2": "font/woff2", ".woff": "font/woff", ".txt": "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
}
