// SPDX-License-Identifier: Apache-2.0
#include "build/secretvalues.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestSecretValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSecretInATextIsStarred_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("a token given as an argument") << u"RUN curl -H 7f3a-9c x"_s << u"RUN curl -H *** x"_s;
        QTest::newRow("a short one is everywhere") << u"yes"_s << u"yes"_s;
        QTest::newRow("a version") << u"alpine:3.22"_s << u"alpine:3.22"_s;
        QTest::newRow("a proxy's password")
            << u"via http://me:pass%40word@proxy:3128 ..."_s << u"via http://***@proxy:3128 ..."_s;
        QTest::newRow("a repository's token") << u"unable to access 'HTTPS://ghp_1234@github.com/x.git/'"_s
                                              << u"unable to access 'HTTPS://***@github.com/x.git/'"_s;
        QTest::newRow("two of them") << u"http://a@h http://b@h"_s << u"http://***@h http://***@h"_s;
        QTest::newRow("a path with an @") << u"https://h/@scope/package"_s << u"https://h/@scope/package"_s;
        QTest::newRow("a user of ssh") << u"ssh://git@github.com/x.git"_s << u"ssh://git@github.com/x.git"_s;
        QTest::newRow("a proxy of another kind")
            << u"ALL_PROXY=socks5://me:pw@proxy:1080"_s << u"ALL_PROXY=socks5://***@proxy:1080"_s;
        QTest::newRow("a mirror of files") << u"ADD ftp://me:pw@h/x /x"_s << u"ADD ftp://***@h/x /x"_s;
        QTest::newRow("a password without a name") << u"redis://:pw@h:6379"_s << u"redis://***@h:6379"_s;
        QTest::newRow("a password with an @") << u"http://me:p@ss@proxy"_s << u"http://***@proxy"_s;
        QTest::newRow("the same of another kind") << u"socks5://me:p@ss@proxy"_s << u"socks5://***@proxy"_s;
        QTest::newRow("a user of ssh with a port")
            << u"ssh://git@github.com:22/x.git"_s << u"ssh://git@github.com:22/x.git"_s;
        QTest::newRow("a user of ssh with a password") << u"ssh://me:pw@h/x.git"_s << u"ssh://***@h/x.git"_s;
        const QString digest = u"docker-image://alpine:3@sha256:"_s + QString(64, u'0');
        QTest::newRow("an image with its digest") << digest << digest;
        QTest::newRow("a mail address") << u"see http://h, or me@h"_s << u"see http://h, or me@h"_s;
    }
    void whatIsSecretInATextIsStarred()
    {
        QFETCH(QString, text);
        const app::SecretValues values(
            {{u"NPM_TOKEN"_s, u"7f3a-9c"_s}, {u"USE_TOKEN"_s, u"yes"_s}, {u"VERSION"_s, u"3.22"_s}});
        QTEST(values.hidden(text), "shown");
    }
};

QTEST_APPLESS_MAIN(TestSecretValues)
#include "tst_secretvalues.moc"
