package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/swaggest/swgui/v5emb"
)

// policyOfDocs is looser: the page comes with script and style of its own, all of it from this program.
const policyOfDocs = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

// serveDocs shows the document, and a page to read it. Nothing is loaded from elsewhere.
func (s *server) serveDocs(engine *gin.Engine) {
	engine.GET("/api/openapi.yaml", func(c *gin.Context) {
		c.Header("Cache-Control", "no-cache")
		c.Data(http.StatusOK, "application/yaml; charset=utf-8", document)
	})
	page := v5emb.New("Lizheng 里正", "/api/openapi.yaml", "/api/docs/")
	serve := func(c *gin.Context) {
		c.Header("Content-Security-Policy", policyOfDocs)
		c.Header("Cache-Control", "no-cache")
		page.ServeHTTP(c.Writer, c.Request)
	}
	engine.GET("/api/docs", serve)
	engine.GET("/api/docs/*file", serve)
}
