import type { ReactElement } from 'react';

export function CatalogIcon(): ReactElement {
  return (
    <svg aria-hidden="true" fill="currentColor" height="24" viewBox="0 0 24 24" width="24">
      <path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z" />
    </svg>
  );
}

export function ImagesIcon(): ReactElement {
  return (
    <svg aria-hidden="true" fill="currentColor" height="24" viewBox="0 0 24 24" width="24">
      <path d="M12 3 2 8l10 5 10-5zM4 12l-2 1 10 5 10-5-2-1-8 4zM4 16l-2 1 10 5 10-5-2-1-8 4z" />
    </svg>
  );
}

export function SettingsIcon(): ReactElement {
  return (
    <svg aria-hidden="true" fill="currentColor" height="24" viewBox="0 0 24 24" width="24">
      <path d="M4 6h9v2H4zm13 0h3v2h-3zM13 4h4v6h-4zM4 16h3v2H4zm7 0h9v2h-9zM7 14h4v6H7z" />
    </svg>
  );
}
