import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { hooks } from './api/transport'
import App from './App.vue'
import { i18n, language, setLanguage } from './i18n'
import { router } from './router'
import { useSession } from './stores/session'
import './styles/theme.css'
import './styles/base.css'
import './styles/print.css'

hooks.language = language
setLanguage(language())

const app = createApp(App)
app.config.errorHandler = (e) => console.error(e)
app.use(createPinia())
void useSession().load() // asked while the first page is still being put together
app.use(i18n).use(router).mount('#app')
