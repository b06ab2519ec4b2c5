"""The wire: one HTTP transport on aiohttp, bounded in what it accepts.

It stands under the OpenAI client because its default transport costs half of a request's CPU and
caps nothing: no size of an answer, neither before nor after decompression.
"""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["AnswerTooLarge", "AnswerUndecodable", "BoundedTransport"]

_MAX_CONNECTIONS = 1000
_CHUNK = 64 * 1024
_ZLIB_WITH_GZIP = zlib.MAX_WBITS | 32  # reads the header to tell gzip from zlib


class AnswerTooLarge(httpx2.TransportError):
    """The answer is larger than allowed, before or after decompression."""


class AnswerUndecodable(httpx2.TransportError):
    """The answer is compressed in a way that was not asked for, or not at all as it says."""


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Sends one request over aiohttp and reads at most `max_bytes` of its answer, decoded.

    Args:
        max_bytes: where an answer is cut off.

    Raises, from `handle_async_request`:
        AnswerTooLarge, AnswerUndecodable, and httpx2's own errors for everything else.
    """

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send `request`; the answer comes back whole, in memory."""
        timeout = request.extensions.get("timeout", {})
        with _translated():
            async with self._client().request(
                request.method,
                str(request.url),
                headers=request.headers,
                data=await request.aread(),
                allow_redirects=False,
                proxy=self._proxy(request.url),
                timeout=aiohttp.ClientTimeout(
                    sock_connect=timeout.get("connect"), sock_read=timeout.get("read")
                ),
            ) as response:
                content = await self._content(response)
        headers = [(k, v) for k, v in response.raw_headers if k.lower() not in _CONSUMED]
        return httpx2.Response(response.status, headers=headers, content=content, request=request)

    async def aclose(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=_MAX_CONNECTIONS, ssl=httpx2.create_ssl_context(), keepalive_timeout=30
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            )
        return self._session

    def _proxy(self, url: httpx2.URL) -> str | None:
        """The proxy that the environment names for a host, looked up once.

        aiohttp's own `trust_env` reads the environment and a netrc file in a thread, twice for each
        request.
        """
        host = url.host
        if host not in self._proxies:
            proxy = None if proxy_bypass(host) else getproxies().get(url.scheme)
            self._proxies[host] = proxy or None
        return self._proxies[host]

    async def _content(self, response: aiohttp.ClientResponse) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding == "identity":
            return await self._limited(response.content.iter_chunked(_CHUNK))
        if encoding not in {"gzip", "x-gzip", "deflate"}:
            message = f"the answer is encoded as `{encoding[:40]}`, which was not asked for"
            raise AnswerUndecodable(message)
        return await self._limited(self._inflated(response))

    async def _inflated(self, response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
        """Decompress piece by piece, so that a small answer cannot unpack into all memory."""
        inflate = zlib.decompressobj(_ZLIB_WITH_GZIP)
        try:
            async for chunk in response.content.iter_chunked(_CHUNK):
                piece = inflate.decompress(chunk, _CHUNK)
                while piece:
                    yield piece
                    piece = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
            yield inflate.flush()
        except zlib.error as error:
            message = f"the answer says that it is compressed and is not: {error}"
            raise AnswerUndecodable(message) from None

    async def _limited(self, chunks: AsyncIterator[bytes]) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for chunk in chunks:
            size += len(chunk)
            if size > self._max_bytes:
                message = f"the answer is larger than {self._max_bytes} bytes"
                raise AnswerTooLarge(message)
            parts.append(chunk)
        return b"".join(parts)


# What describes the transfer and no longer holds once the body lies decoded in memory.
_CONSUMED = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})

# Most specific first: the first that fits names the failure.
_TRANSLATIONS: tuple[tuple[type[BaseException], type[httpx2.TransportError]], ...] = (
    (aiohttp.ServerTimeoutError, httpx2.ReadTimeout),
    (aiohttp.ClientProxyConnectionError, httpx2.ProxyError),
    (aiohttp.ClientHttpProxyError, httpx2.ProxyError),
    (aiohttp.ClientConnectorError, httpx2.ConnectError),
    (aiohttp.ClientPayloadError, httpx2.ReadError),
    (aiohttp.ClientConnectionError, httpx2.ReadError),
    (aiohttp.InvalidURL, httpx2.UnsupportedProtocol),
    (aiohttp.ClientError, httpx2.RemoteProtocolError),
    (OSError, httpx2.ConnectError),
)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Errors of aiohttp as errors of httpx2, which is what the client above knows."""
    try:
        yield
    except (httpx2.TransportError, TimeoutError) as error:
        if isinstance(error, httpx2.TransportError):
            raise
        raise httpx2.ReadTimeout(str(error) or "the server fell silent") from error
    except Exception as error:
        for foreign, ours in _TRANSLATIONS:
            if isinstance(error, foreign):
                raise ours(str(error) or type(error).__name__) from error
        raise
