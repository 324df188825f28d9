package api

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// visit is what is known of one request while it is served.
type visit struct {
	id   string // of the request, in every log line and every problem
	op   *operation
	who  civic.Actor
	body []byte // checked
	key  string // of the act, once it is about to be put to the desk
}

const visitKey = "visit"

// begin opens the visit and tells the client its id. An id that the client brings is not taken: logs are ours.
func begin(c *gin.Context) {
	id := make([]byte, 12)
	_, _ = rand.Read(id) // never fails
	v := &visit{id: hex.EncodeToString(id)}
	v.who = civic.Actor{Address: c.ClientIP(), Request: v.id, Lang: language(c)}
	c.Set(visitKey, v)
	c.Header("X-Request-Id", v.id)
}

func visitOf(c *gin.Context) *visit { return c.MustGet(visitKey).(*visit) }

func requestID(c *gin.Context) string { return visitOf(c).id }

// who is asking, as far as the door has found out.
func who(c *gin.Context) civic.Actor { return visitOf(c).who }

// actURL is where the answer to this act is kept, "" when it is none or nobody signed in could ask for it.
func actURL(c *gin.Context) string {
	v := visitOf(c)
	if v.key == "" || v.who.Person == "" {
		return ""
	}
	return base + "/acts/" + v.key
}
