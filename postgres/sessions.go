// Sessions and API tokens: who a request comes from.

package postgres
