import { useState } from 'react';

const FILE_NAME = /filename="([^"]+)"/;

/**
 * Downloads files of the app. A link cannot: only `fetch` carries the session token that App Bridge adds. `busy` is the
 * name that the running download was started with; `download` answers the file's headers, or null when it failed.
 */
export function useDownload() {
  const [busy, setBusy] = useState<string | null>(null);
  const download = async (url: string, name: string): Promise<Headers | null> => {
    setBusy(name);
    try {
      const response = await fetch(url);
      if (!response.ok) return null;
      const [, fileName = name] = FILE_NAME.exec(response.headers.get('content-disposition') ?? '') ?? [];
      saveFile(await response.blob(), fileName);
      return response.headers;
    } catch {
      return null;
    } finally {
      setBusy(null);
    }
  };
  return { download, busy };
}

function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
