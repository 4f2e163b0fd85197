import '@backstage/ui/css/styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';

const element = document.getElementById('root');
if (element === null) throw new Error('public/index.html must have an element with the id "root"');
createRoot(element).render(<App />);
