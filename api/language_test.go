package api

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"
)

func TestTheLanguageIs(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": chinese, "zh-CN": chinese, "en": english, "en-GB": english, "EN-us;q=0.5": english, "zh-CN,zh;q=0.9,en;q=0.8": chinese,
		"en-US,en;q=0.9,zh-CN;q=0.8": english, "en;q=0.2, zh;q=0.3": chinese, "fr": chinese, "fr, en;q=0.1": english, "*": chinese,
		"en;q=nonsense": chinese, "english": chinese, "zh;q=1,en;q=1": chinese, ";;;,,,=": chinese,
	} {
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = httptest.NewRequest(http.MethodGet, "/", nil)
		c.Request.Header.Set("Accept-Language", header)
		require.Equal(t, want, language(c), header)
	}
}
