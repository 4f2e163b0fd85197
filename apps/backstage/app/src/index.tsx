import '@backstage/ui/css/styles.css';
import { createRoot } from 'react-dom/client';
import { app } from './App.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(app.createRoot());
