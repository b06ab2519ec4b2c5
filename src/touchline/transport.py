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

from touchline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["AnswerTooLarge", "AnswerUndecodable", "BoundedTransport", "check_address"]

_MAX_CONNECTIONS = 1000
_CHUNK = 64 * 1024
_ZLIB_WITH_GZIP = zlib.MAX_WBITS | 32  # reads the header to tell gzip from zlib


class AnswerTooLarge(httpx2.TransportError):
    """The answer is larger than allowed, before or after decompression."""


class AnswerUndecodable(httpx2.TransportError):
    """The answer is compressed in a way that was not asked for, or not at all as it says."""


def check_address(url: str) -> None:
    """Refuse a base URL that requests cannot be sent to.

    Raises:
        ConfigurationError: with the way out.
    """
    way_out = "it begins with http:// or https:// and ends in /v1"
    try:
        address = httpx2.URL(url)
        usable = address.scheme in {"http", "https"} and bool(address.host)
    except (httpx2.InvalidURL, UnicodeError):
        usable, address = False, httpx2.URL()
    if address.userinfo:
        message = "`base_url` holds a user or a password; the key goes into `api_key`"
        raise ConfigurationError(message)
    if not usable:
        message = f"`base_url` is `{url}`, which is no address of a server; {way_out}"
        raise ConfigurationError(message)


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
            async with self._client(secure=request.url.scheme == "https").request(
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

    def _client(self, *, secure: bool) -> aiohttp.ClientSession:
        if self._session is None:
            # Reading the trusted certificates takes longer than a call on this machine.
            trusted = httpx2.create_ssl_context() if secure else True
            connector = aiohttp.TCPConnector(
                limit=_MAX_CONNECTIONS, ssl=trusted, keepalive_timeout=30
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
        place = url.netloc.decode("ascii")
        if place not in self._proxies:
            named = getproxies()
            proxy = named.get(url.scheme) or named.get("all") or None
            if proxy is not None and (proxy_bypass(place) or proxy_bypass(url.host)):
                proxy = None
            self._proxies[place] = proxy if proxy is None else _usable_proxy(proxy)
        return self._proxies[place]

    async def _content(self, response: aiohttp.ClientResponse) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding == "identity":
            inflate = None
        elif encoding in {"gzip", "x-gzip", "deflate"}:
            inflate = zlib.decompressobj(_ZLIB_WITH_GZIP)
        else:
            message = f"the answer is encoded as `{encoding[:40]}`, which was not asked for"
            raise AnswerUndecodable(message)
        body = _Bounded(self._max_bytes)
        arrived = _Bounded(self._max_bytes)
        async for chunk in response.content.iter_chunked(_CHUNK):
            arrived.count(chunk)
            if inflate is None:
                body.add(chunk)
            elif not inflate.eof:  # what stands behind the end is not part of the answer
                _inflate(inflate, chunk, body)
        if inflate is not None and arrived.size and not inflate.eof:
            message = "the compressed answer ends before its end"
            raise AnswerUndecodable(message)
        return body.whole()


def _usable_proxy(proxy: str) -> str:
    """The address of a proxy; one without a scheme speaks HTTP.

    Raises:
        ProxyError: it is none that speaks HTTP. To go around it would not be what was asked for.
    """
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    try:
        address = httpx2.URL(proxy)
    except httpx2.InvalidURL:
        address = httpx2.URL()
    if address.scheme not in {"http", "https"} or not address.host:
        kind = proxy.partition("://")[0][:20]
        message = f"the proxy of the environment (`{kind}://…`) is not one that speaks HTTP"
        raise httpx2.ProxyError(message)
    return proxy


class _Bounded:
    """Bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self.size = 0

    def count(self, part: bytes) -> None:
        """Count bytes without keeping them.

        Raises:
            AnswerTooLarge: there are more than the limit.
        """
        self.size += len(part)
        if self.size > self._limit:
            message = f"the answer is larger than {self._limit} bytes"
            raise AnswerTooLarge(message)

    def add(self, part: bytes) -> None:
        self.count(part)
        self._parts.append(part)

    def whole(self) -> bytes:
        return b"".join(self._parts)


def _inflate(inflate: zlib._Decompress, chunk: bytes, body: _Bounded) -> None:
    """Decompress piece by piece, so that a small answer cannot unpack into all memory."""
    try:
        piece = inflate.decompress(chunk, _CHUNK)
        while piece:
            body.add(piece)
            piece = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    except zlib.error as error:
        message = f"the answer says that it is compressed and is not: {error}"
        raise AnswerUndecodable(message) from None


# What describes the transfer and no longer holds once the body lies decoded in memory.
_CONSUMED = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})

# Most specific first: the first that fits names the failure.
_TRANSLATIONS: tuple[tuple[type[BaseException], type[httpx2.TransportError]], ...] = (
    (aiohttp.ClientProxyConnectionError, httpx2.ProxyError),
    (aiohttp.ClientHttpProxyError, httpx2.ProxyError),
    (aiohttp.ClientConnectorError, httpx2.ConnectError),
    (aiohttp.ClientPayloadError, httpx2.ReadError),
    (aiohttp.ClientConnectionError, httpx2.ReadError),
    (aiohttp.InvalidURL, httpx2.UnsupportedProtocol),
    (aiohttp.ClientError, httpx2.RemoteProtocolError),
    (OSError, httpx2.ConnectError),
    (ValueError, httpx2.UnsupportedProtocol),  # a proxy or a header that aiohttp cannot use
)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Errors of aiohttp as errors of httpx2, which is what the client above knows."""
    try:
        yield
    except httpx2.TransportError:
        raise
    except TimeoutError as error:
        connecting = isinstance(error, aiohttp.ConnectionTimeoutError)
        kind = httpx2.ConnectTimeout if connecting else httpx2.ReadTimeout
        raise kind(str(error) or "the server fell silent") from error
    except Exception as error:
        for foreign, ours in _TRANSLATIONS:
            if isinstance(error, foreign):
                raise ours(_words(error)) from error
        raise


def _words(error: Exception) -> str:
    """An error in words; aiohttp's own may hold an address with a password in it."""
    if isinstance(error, aiohttp.ClientResponseError):
        return f"{error.status} {error.message}"
    if isinstance(error, aiohttp.InvalidURL):
        return "the address cannot be used"
    return str(error) or type(error).__name__
